# Sets polycampaign_needs_date if the standard library lacks the time zones of C++20 (GCC before 14, libc++).
include(CheckCXXSourceCompiles)
function(polycampaign_look_for_time_zones)
  set(CMAKE_CXX_STANDARD 20)
  set(CMAKE_REQUIRED_QUIET ON)
  check_cxx_source_compiles("
    #include <chrono>
    #if !defined(__cpp_lib_chrono) || __cpp_lib_chrono < 201907L
    #error no time zones
    #endif
    int main() { return std::chrono::locate_zone(\"UTC\") == nullptr; }" POLYCAMPAIGN_CHRONO_HAS_TIME_ZONES)
endfunction()
polycampaign_look_for_time_zones()
if(POLYCAMPAIGN_CHRONO_HAS_TIME_ZONES)
  set(polycampaign_needs_date OFF)
else()
  set(polycampaign_needs_date ON)
endif()
