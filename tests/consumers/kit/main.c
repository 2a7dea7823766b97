#include <stdio.h>

long count_campaigns(void);

int main(void) {
  long const count = count_campaigns();
  printf("%ld campaigns in C\n", count);
  return count == 7 ? 0 : 1;
}
