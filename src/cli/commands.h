#pragma once
// The commands, one file each. Each takes its own options, the settings in force and the console, and returns
// the exit status; it throws Failure or Misuse with a sentence.
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/settings.h"
#include "cli/console.h"

namespace keepsake::cli {

int serve(const LoadedSettings& loaded, Console& console);
int doctor(const LoadedSettings& loaded, Console& console);
int show_version(Console& console);

// Makes the demo in a data directory where nobody is, and prints its names, passwords and links; they stand
// in DIR/demo.txt too.
struct DemoToMake {
  int width = 1350;  // of the pictures, in pixels; half as wide is four times as quick
};
int make_demo(const DemoToMake& wanted, const LoadedSettings& loaded, Console& console);

struct ToVerify {
  bool json = false;  // one object on standard output, instead of sentences
  bool remove_orphans = false;
  bool new_mirror = false;  // the mirror's directory is a new one, and empty
};
// Status 0: all is well; 1: something is missing or damaged and was not repaired. Throws Misuse if it could
// not be found out.
int verify(const ToVerify& wanted, const LoadedSettings& loaded, Console& console);

struct HelplinesToCheck {
  std::vector<std::filesystem::path> paths;  // files and directories; empty: what the program carries
  std::string today;                         // "2026-11-24"; empty: today
  std::chrono::months limit{18};             // what is older is told
  bool json = false;
};
// Status 0: every record can be shown; 1: one is grave or cannot be read. Throws Misuse if it could not be
// found out.
int check_helplines(const HelplinesToCheck& wanted, Console& console);
// Writes what the program carries into `to`: a file a country, all of it, and a page to read without a
// server. Throws Failure where `to` holds what it did not write.
int export_helplines(const std::filesystem::path& to, Console& console);

// Reads the 24 words of the recovery phrase from standard input and puts the key back into DIR/keys.
int restore_key(const LoadedSettings& loaded, Console& console);

struct PersonToAdd {
  std::string name;
  std::string display_name;
  bool host = false;
  bool password_stdin = false;
};
int add_person(const PersonToAdd& person, const LoadedSettings& loaded, Console& console);
int list_persons(const LoadedSettings& loaded, Console& console);

struct PasswordToSet {
  std::string name;
  bool password_stdin = false;  // otherwise a link is made with which the person sets one
};
int set_password(const PasswordToSet& password, const LoadedSettings& loaded, Console& console);

struct PersonToRemove {
  std::string name;
  bool yes = false;  // do not ask
};
int remove_person(const PersonToRemove& person, const LoadedSettings& loaded, Console& console);

enum class PersonState { suspended, unsuspended, host, no_host, no_second_step };
int change_person(const std::string& name, PersonState state, const LoadedSettings& loaded, Console& console);

struct TokenToCreate {
  std::string person;
  std::string label;
};
int create_token(const TokenToCreate& token, const LoadedSettings& loaded, Console& console);
int list_tokens(const std::string& person, const LoadedSettings& loaded, Console& console);
int revoke_token(const std::string& person, const std::string& id, const LoadedSettings& loaded,
                 Console& console);

struct InvitationToCreate {
  std::optional<std::string> by;
  std::optional<std::string> circle;
  int days = 14;
};
int create_invitation(const InvitationToCreate& invitation, const LoadedSettings& loaded, Console& console);
int list_invitations(const std::optional<std::string>& by, const LoadedSettings& loaded, Console& console);
int revoke_invitation(const std::string& id, const std::optional<std::string>& by,
                      const LoadedSettings& loaded, Console& console);

}  // namespace keepsake::cli
