# Every vendor, in alphabetical order: a folder here, one in src/testing/vendors, and a public header of that name.
set(polycampaign_vendors bsg dexatel smsup yeastar)
