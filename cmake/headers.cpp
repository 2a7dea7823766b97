// Owns the precompiled headers of the library's components.
