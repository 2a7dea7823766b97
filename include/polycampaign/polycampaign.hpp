#pragma once

#include "polycampaign/async_pager.hpp"
#include "polycampaign/bsg.hpp"
#include "polycampaign/campaign.hpp"
#include "polycampaign/campaign_client.hpp"
#include "polycampaign/dexatel.hpp"
#include "polycampaign/json.hpp"
#include "polycampaign/providers.hpp"
#include "polycampaign/smsup.hpp"
#include "polycampaign/version.hpp"
#include "polycampaign/yeastar.hpp"
