include(GoogleTest)

# The header of GoogleTest is the most expensive part of most test files, so it is precompiled. With ccache, builds are faster
# without precompiled headers.
if(CMAKE_CXX_COMPILER_LAUNCHER MATCHES ccache)
  set(CMAKE_DISABLE_PRECOMPILE_HEADERS ON)
endif()
add_executable(polycampaign_test_headers EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tests/headers.cpp)
polycampaign_compile_rules(polycampaign_test_headers)
target_link_libraries(polycampaign_test_headers PRIVATE GTest::gtest)
target_precompile_headers(polycampaign_test_headers PRIVATE
  <chrono> <functional> <gtest/gtest.h> <memory> <optional> <string> <string_view> <utility> <vector>)

# polycampaign_test(NAME [TOGETHER] SOURCES files... [LINK libraries...]): builds a GoogleTest program. CTest finds its cases, and
# runs each in a process of its own, unless they run TOGETHER because they share something that is slow to start.
# POLYCAMPAIGN_TEST_DATA is the folder of the data files.
function(polycampaign_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "TOGETHER" "" "SOURCES;LINK")
  add_executable(${name} ${arg_SOURCES})
  polycampaign_compile_rules(${name})
  target_precompile_headers(${name} REUSE_FROM polycampaign_test_headers)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(${name} PRIVATE POLYCAMPAIGN_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gtest GTest::gtest_main)
  if(arg_TOGETHER)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300 COST 100)
    return()
  endif()
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 120)
endfunction()
