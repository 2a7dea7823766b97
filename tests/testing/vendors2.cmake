# The simulators of SMSUP and Dexatel.
foreach(vendor smsup dexatel)
  polycampaign_test(${vendor}_simulator_test SOURCES ${vendor}_simulator_test.cpp
    LINK polycampaign_testing_objects polycampaign)
endforeach()
