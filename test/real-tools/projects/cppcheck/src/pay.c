#include <stdlib.h>
int pay(int amount)
{
    int *p = malloc(4);
    int unused;
    int a[2];
    a[2] = amount;
    return *p;
}
