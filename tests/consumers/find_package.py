"""An installed copy, used through find_package."""
import sys

from support import (BUILD, SOURCE, WORK, build_tree, check, code_block, configure, fresh, lists_campaigns, mentions, prefix, refused,
                     run, write_project)

kind = sys.argv[2]
installed = f"-DCMAKE_PREFIX_PATH={prefix(kind)}"
work = fresh(f"find_package_{kind}")

# the README's program, by the README's lines
readme = write_project(work / "readme", code_block("README.md", "cmake", "find_package(polycampaign"))
configure(readme, work / "build", installed)
build_tree(work / "build")
lists_campaigns(work / "build/my_program")
found = mentions(work / "build", SOURCE, BUILD)
check(not found, f"the program was built from the prefix alone {found}")

# all simulators through polycampaign::testing, C beside C++, a command of one's own
configure(SOURCE / "tests/consumers/kit", work / "kit", installed)
build_tree(work / "kit", "kit", "c_and_cxx", "own_command", "journals")
for program in ("kit", "c_and_cxx"):
    print(run(work / "kit" / program, timeout=60))
check(run(work / "kit/journals", work / "journal.db", timeout=60) == "journals 1\n", "journals of both kinds are found")
check("Yeastar" in run(work / "kit/own_command", "capabilities", timeout=60), "polycampaign::command is a command")


# what is asked of find_package and what it answers
def asks(name, lines):
    folder = work / name
    folder.mkdir()
    (folder / "CMakeLists.txt").write_text(f"cmake_minimum_required(VERSION 3.22)\nproject({name} CXX)\n{lines}\n")
    return folder, folder / "build", installed


check("version: 0.1.0" in refused(*asks("newer", "find_package(polycampaign 0.2 REQUIRED)")), "a newer version is refused")
check("version: 0.1.0" in refused(*asks("older", "find_package(polycampaign 0.0.9 REQUIRED)")), "another minor version is refused")
message = refused(*asks("unknown", "find_package(polycampaign REQUIRED COMPONENTS carrier-pigeon)"))
check("has no component 'carrier-pigeon'" in " ".join(message.split()), "an unknown component is named")
configure(*asks("known", """
find_package(polycampaign 0.1.0 EXACT REQUIRED COMPONENTS testing OPTIONAL_COMPONENTS carrier-pigeon)
if(NOT polycampaign_VERSION STREQUAL "0.1.0" OR NOT polycampaign_testing_FOUND OR polycampaign_carrier-pigeon_FOUND)
  message(FATAL_ERROR "${polycampaign_VERSION} ${polycampaign_testing_FOUND} ${polycampaign_carrier-pigeon_FOUND}")
endif()"""))
configure(*asks("twice", """
find_package(polycampaign REQUIRED)
foreach(target IN ITEMS testing sqlite postgres)
  if(TARGET polycampaign::${target})
    message(FATAL_ERROR "${target} was not asked for")
  endif()
endforeach()
set(paths "${CMAKE_MODULE_PATH}")
find_package(polycampaign REQUIRED COMPONENTS testing)
if(NOT TARGET polycampaign::testing OR NOT "${paths}" STREQUAL "${CMAKE_MODULE_PATH}")
  message(FATAL_ERROR "no testing, or the module path has changed: ${CMAKE_MODULE_PATH}")
endif()"""))
configure(*asks("old_policies", """
if(CMAKE_VERSION VERSION_LESS 4)
  cmake_policy(VERSION 3.0)
endif()
find_package(polycampaign REQUIRED COMPONENTS testing)"""))
print(f"consumers in {work.relative_to(WORK)}")
