/* The variables of proof.h that no program has. */
#include "contracts.h"

uint8_t *watched;
size_t watched_index;
size_t different_at;
size_t label_end;
size_t dividend, quotient, remainder3;
