/* The variables of proof.h that no program has, and what stands in for mote_burn_stack where contracts cannot. */
#include "contracts.h"

uint8_t *watched;
size_t watched_index;
size_t different_at;
size_t label_end;
size_t dividend, quotient, remainder3;

void stub_burn_stack(void)
{
}
