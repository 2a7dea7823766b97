# All vendors, in alphabetical order. Each has a folder here, one in src/testing/vendors, and a public header of the same name.
set(polycampaign_vendors bsg dexatel smsup yeastar)
