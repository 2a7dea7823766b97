// Owns the precompiled header of the documents' programs.
int main() {}
