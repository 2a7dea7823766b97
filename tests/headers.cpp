// Owns the precompiled headers of all test programs.
int main() {}
