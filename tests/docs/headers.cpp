// Carries the precompiled header of the documents' programs.
