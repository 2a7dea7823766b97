# Installs a static or shared copy, moves it, and builds and runs tests/project/consumer on it.
function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGV}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
set(common -G ${GENERATOR} -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
  -D CMAKE_BUILD_TYPE=${BUILD_TYPE})

if(KIND STREQUAL shared)
  set(want ON)
else()
  set(want OFF)
endif()
if((BUILD_SHARED AND want) OR (NOT BUILD_SHARED AND NOT want))
  set(build ${BUILD})
else()
  set(build ${WORK}/build)
  run(${CMAKE_COMMAND} -S ${SOURCE} -B ${build} ${common} -D BUILD_SHARED_LIBS=${want} -D CMAKE_CXX_FLAGS_DEBUG=
    -D POLYCAMPAIGN_BUILD_TESTS=OFF -D POLYCAMPAIGN_BUILD_EXAMPLES=OFF -D POLYCAMPAIGN_BUILD_TOOLS=OFF
    -D POLYCAMPAIGN_BUILD_BENCHMARKS=OFF)
  run(${CMAKE_COMMAND} --build ${build})
endif()
run(${CMAKE_COMMAND} --install ${build} --prefix ${WORK}/first)
file(RENAME ${WORK}/first ${WORK}/moved)

# nothing of the build's place may stay in the prefix
file(GLOB_RECURSE installed ${WORK}/moved/*.cmake ${WORK}/moved/*.hpp)
foreach(file IN LISTS installed)
  file(READ ${file} text)
  foreach(path ${SOURCE} ${build} ${WORK})
    string(FIND "${text}" "${path}" at)
    if(NOT at EQUAL -1)
      message(FATAL_ERROR "${file} names ${path}")
    endif()
  endforeach()
endforeach()

run(${CMAKE_COMMAND} -S ${SOURCE}/tests/project/consumer -B ${WORK}/consumer ${common}
  -D CMAKE_PREFIX_PATH=${WORK}/moved)
run(${CMAKE_COMMAND} --build ${WORK}/consumer)
foreach(program consumer cxx23_consumer noexcept_consumer)
  run(${WORK}/consumer/${program})
  message(STATUS "${program}: ${output}")
endforeach()

# what must be refused, with words that help
foreach(asked "9.0" "0.1 REQUIRED COMPONENTS carrier-pigeon")
  file(WRITE ${WORK}/refused/CMakeLists.txt
    "cmake_minimum_required(VERSION 3.22)\nproject(refused CXX)\nfind_package(polycampaign ${asked} REQUIRED)\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK}/refused -B ${WORK}/refused/build ${common}
    -D CMAKE_PREFIX_PATH=${WORK}/moved RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status EQUAL 0 OR NOT output MATCHES "version: 0.1.0|no component 'carrier-pigeon'")
    message(FATAL_ERROR "find_package(polycampaign ${asked}) was not refused clearly:\n${output}")
  endif()
  file(REMOVE_RECURSE ${WORK}/refused)
endforeach()

# the library exports only its own names
if(KIND STREQUAL shared)
  file(GLOB library ${WORK}/moved/lib*/libpolycampaign.so ${WORK}/moved/lib/*/libpolycampaign.so)
  find_program(nm nm)
  if(library AND nm)
    execute_process(COMMAND ${nm} -DC --defined-only ${library} OUTPUT_VARIABLE symbols)
    string(REPLACE "\n" ";" symbols "${symbols}")
    foreach(symbol IN LISTS symbols)
      if(symbol MATCHES " [TDRB] " AND NOT symbol MATCHES "polycampaign")
        message(FATAL_ERROR "exported, but not ours: ${symbol}")
      endif()
    endforeach()
  else()
    message(FATAL_ERROR "no shared library or no nm found: '${library}' '${nm}'")
  endif()
endif()
