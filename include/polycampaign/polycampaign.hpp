#pragma once

#include "polycampaign/async_pager.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_client.hpp"
#include "polycampaign/json.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/vendors.hpp"
#include "polycampaign/version.hpp"
