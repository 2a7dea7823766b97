#include <cstdio>
#include <thread>

long list_east(char const* address);
long list_west(char const* address);

int main(int, char** argv) {
  long east = 0;
  std::thread other{[&] { east = list_east(argv[1]); }};
  long const west = list_west(argv[1]);
  other.join();
  std::printf("%ld %ld\n", east, west);
  return east > 0 && east == west && list_east(argv[1]) == west ? 0 : 1;
}
