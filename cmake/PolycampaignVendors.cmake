# src/vendors/vendors.cmake lists the vendors. Everything that must name them all is generated from that list.
include(${PROJECT_SOURCE_DIR}/src/vendors/vendors.cmake)

# polycampaign_name_vendors(FILE HEADER): writes a C++ header that includes HEADER for each VENDOR, and defines a macro that
# names all vendors.
function(polycampaign_name_vendors file header)
  set(text "#pragma once\n\n")
  foreach(vendor IN LISTS polycampaign_vendors)
    string(REPLACE VENDOR ${vendor} path ${header})
    string(APPEND text "#include \"${path}\"\n")
  endforeach()
  string(APPEND text "\n/// `each(name)` for every vendor.\n#define POLYCAMPAIGN_EACH_VENDOR(each)")
  foreach(vendor IN LISTS polycampaign_vendors)
    string(APPEND text " each(${vendor})")
  endforeach()
  file(CONFIGURE OUTPUT ${file} CONTENT "${text}\n" @ONLY)
endfunction()

polycampaign_name_vendors(${PROJECT_BINARY_DIR}/generated/vendors.hpp vendors/VENDOR/provider.hpp)
polycampaign_name_vendors(${PROJECT_BINARY_DIR}/generated/testing/vendors.hpp testing/vendors/VENDOR/simulator.hpp)

# The public header only includes the headers of the vendors.
set(text "#pragma once\n\n")
foreach(vendor IN LISTS polycampaign_vendors)
  string(APPEND text "#include \"polycampaign/${vendor}.hpp\"\n")
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/include/polycampaign/vendors.hpp CONTENT "${text}" @ONLY)
