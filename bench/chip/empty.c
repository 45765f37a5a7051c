/* bench/chip/empty.c - the program that does nothing: what the library adds to it is the library's size. */
int main(void)
{
    return 0;
}
