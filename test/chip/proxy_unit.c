/* test/chip/proxy_unit.c - the AES unit on the simulated chip (test/mock_unit.h), whose faults the suites choose. */
#include "../mock_unit.h"
#include "marshal.h"

unsigned mock_unit_kind(void)
{
    call_begin(CHIP_mock_unit_kind);
    return (unsigned)call_run_int();
}

void mock_unit_set(unsigned fault, unsigned bit, unsigned directions)
{
    call_begin(CHIP_mock_unit_set);
    call_number(fault);
    call_number(bit);
    call_number(directions);
    call_run();
}

void mock_unit_fail(unsigned working, unsigned count)
{
    call_begin(CHIP_mock_unit_fail);
    call_number(working);
    call_number(count);
    call_run();
}

unsigned mock_unit_calls(void)
{
    call_begin(CHIP_mock_unit_calls);
    return (unsigned)call_run_int();
}
