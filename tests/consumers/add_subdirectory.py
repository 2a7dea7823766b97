"""This tree as a folder of a greater project that has habits of its own."""
from support import SOURCE, build_tree, check, configure, fresh, lists_campaigns, run, write_project

work = fresh("add_subdirectory")
# what is set for the greater project's own code must not break the library, or be changed by it
project = write_project(work / "project", f"""
set(CMAKE_CXX_STANDARD 23)
set(BUILD_SHARED_LIBS ON)
set(BUILD_TESTING ON)
set(CMAKE_UNITY_BUILD ON)
set(CMAKE_COMPILE_WARNING_AS_ERROR ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${{CMAKE_BINARY_DIR}}/out)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${{CMAKE_BINARY_DIR}}/out)
set(before "${{CMAKE_CXX_STANDARD}} ${{CMAKE_CXX_FLAGS}} ${{CMAKE_BUILD_TYPE}} ${{BUILD_SHARED_LIBS}} ${{CMAKE_MODULE_PATH}}")
set(POLYCAMPAIGN_WITH_SQLITE ON)
add_subdirectory({SOURCE} polycampaign)
if(NOT before STREQUAL "${{CMAKE_CXX_STANDARD}} ${{CMAKE_CXX_FLAGS}} ${{CMAKE_BUILD_TYPE}} ${{BUILD_SHARED_LIBS}} ${{CMAKE_MODULE_PATH}}")
  message(FATAL_ERROR "the library has changed the project's settings")
endif()
foreach(target IN ITEMS testing command postgres)
  if(TARGET polycampaign::${{target}})
    message(FATAL_ERROR "the library builds ${{target}} unasked")
  endif()
endforeach()
target_link_libraries(my_program PRIVATE polycampaign::polycampaign)
add_executable(journal journal.cpp)
target_link_libraries(journal PRIVATE polycampaign::sqlite)
target_compile_options(my_program PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wold-style-cast -Wuseless-cast
  -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference)
install(TARGETS my_program)
""", languages="C CXX")
(project / "journal.cpp").write_text("#include <polycampaign/sqlite_journal.hpp>\n"
                                     "int main() { return polycampaign::make_sqlite_journal(\"journal.db\") ? 0 : 1; }\n")
# an old project's policies
text = (project / "CMakeLists.txt").read_text()
(project / "CMakeLists.txt").write_text(text.replace("VERSION 3.22", "VERSION 3.10"))
build = work / "build"
configure(project, build, "-DCMAKE_CXX_FLAGS=-Werror=unused-variable")
build_tree(build)
check((build / "out/libpolycampaign.so").exists(), "BUILD_SHARED_LIBS of the greater project holds")
lists_campaigns(build / "my_program")
run(build / "out/journal", cwd=work, timeout=60)

run("cmake", "--install", build, "--prefix", work / "prefix")
installed = sorted(path.relative_to(work / "prefix").as_posix() for path in (work / "prefix").rglob("*") if path.is_file())
check(installed == ["bin/my_program"], f"the greater project installs its own files alone {installed}")
check("Total Tests: 0" in run("ctest", "--test-dir", build, "-N"), "no test of the library is the greater project's")
