#pragma once

#include "polycampaign/testing/conformance.hpp"
#include "polycampaign/testing/fake_client.hpp"
#include "polycampaign/testing/journal_conformance.hpp"
#include "polycampaign/testing/memory_journal.hpp"
#include "polycampaign/testing/pager_of.hpp"
#include "polycampaign/testing/scripted_transport.hpp"
#include "polycampaign/testing/simulator.hpp"
#include "polycampaign/testing/vendor_simulator.hpp"
