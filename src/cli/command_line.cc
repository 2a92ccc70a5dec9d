#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <deque>
#include <memory>
#include <utility>

#include "cli/commands.h"

namespace keepsake::cli {
namespace {

using Act = std::function<int(const LoadedSettings&, Console&)>;

// The tree of commands while the words are read. Options are bound by reference, so each command's stand in a
// shared_ptr that its act keeps.
class Tree {
 public:
  Tree() : app_("A home for what is hard to share.", "keepsake") {
    app_.require_subcommand(1);
    app_.option_defaults()->always_capture_default(false);
    app_.footer("Every command takes --data DIR or --config FILE, and every setting as a flag.");
    add_settings();
    add_server();
    add_verify();
    add_demo();
    add_person(group("person", "People who have an account"));
    add_person_state(*app_.get_subcommand("person"));
    add_token(group("token", "Personal tokens, with which programs act as a person"));
    command(group("key", "The key to every photo kept here"), "restore",
            "Puts the instance key back: reads the 24 words of the recovery phrase from standard input",
            [](auto& loaded, auto& console) { return restore_key(loaded, console); });
    add_helplines(group("helplines", "The lines that readers are shown under \"Where to get help\""));
    add_invitation(group("invite", "Links that let one person in"));
  }

  CLI::App& app() { return app_; }
  Chosen take() {
    for (const auto& [key, values] : given_) {
      for (const std::string& value : values) chosen_.flags.emplace_back(key, value);
    }
    if (!config_.empty()) chosen_.config = config_;
    return std::move(chosen_);
  }

 private:
  CLI::App& command(CLI::App& parent, const char* name, const char* help, Act act) {
    CLI::App* made = parent.add_subcommand(name, help)->fallthrough();
    made->callback([this, act = std::move(act)] { chosen_.act = act; });
    return *made;
  }
  // Needs no settings and no data directory.
  CLI::App& plain_command(CLI::App& parent, const char* name, const char* help,
                          std::function<int(Console&)> act) {
    CLI::App& made = command(parent, name, help, {});
    made.callback([this, act = std::move(act)] {
      chosen_.needs_settings = false;
      chosen_.act = [act](const LoadedSettings&, Console& console) { return act(console); };
    });
    return made;
  }
  CLI::App& group(const char* name, const char* help) {
    return *app_.add_subcommand(name, help)->fallthrough()->require_subcommand(1);
  }

  void add_settings() {
    app_.add_option("--config", config_, "a file of settings; DIR/keepsake.toml where there is one")
        ->group("Settings");
    for (const SettingRow& row : setting_rows()) {
      given_.emplace_back(std::string(row.key), std::vector<std::string>());
      app_.add_option(row.flag(), given_.back().second, std::string(row.help))
          ->expected(1)
          ->allow_extra_args(false)
          ->multi_option_policy(row.list ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast)
          ->group("Settings");
    }
  }

  void add_server() {
    command(app_, "serve", "Runs the server until it is told to stop", serve);
    command(app_, "doctor", "Shows the settings in force and what is wrong", doctor);
    plain_command(app_, "version", "Prints the version", show_version);
  }

  void add_verify() {
    const auto wanted = std::make_shared<ToVerify>();
    CLI::App& verify =
        command(app_, "verify", "Reads every photo that is kept and says, and repairs, what is not whole",
                [wanted](auto& loaded, auto& console) { return cli::verify(*wanted, loaded, console); });
    verify.add_flag("--json", wanted->json, "print the result as one JSON object");
    verify.add_flag("--remove-orphans", wanted->remove_orphans, "remove files that belong to no photo");
    verify.add_flag("--new-mirror", wanted->new_mirror, "begin anew with a mirror whose directory is empty");
  }

  void add_demo() {
    const auto wanted = std::make_shared<DemoToMake>();
    command(app_, "demo", "Fills a new data directory with invented people, stories and pictures",
            [wanted](auto& loaded, auto& console) { return make_demo(*wanted, loaded, console); })
        .add_option("--width", wanted->width, "of the pictures, in pixels")
        ->check(CLI::Range(300, 3000));
  }

  void add_person(CLI::App& person) {
    const auto added = std::make_shared<PersonToAdd>();
    CLI::App& add = command(person, "add", "Adds a person", [added](auto& loaded, auto& console) {
      return cli::add_person(*added, loaded, console);
    });
    add.add_option("NAME", added->name, "the account's name")->required();
    add.add_option("--display-name", added->display_name, "the name to be shown");
    add.add_flag("--host", added->host, "the person runs this instance");
    add.add_flag("--password-stdin", added->password_stdin, "read the password from standard input");

    command(person, "list", "Lists the people", list_persons);

    const auto password = std::make_shared<PasswordToSet>();
    CLI::App& passwd =
        command(person, "passwd", "Makes a link to set a new password, or sets one",
                [password](auto& loaded, auto& console) { return set_password(*password, loaded, console); });
    passwd.add_option("NAME", password->name, "the account's name")->required();
    passwd.add_flag("--password-stdin", password->password_stdin,
                    "set the password from standard input instead of making a link");

    const auto removed = std::make_shared<PersonToRemove>();
    CLI::App& remove =
        command(person, "remove", "Removes a person with all that is theirs, for good",
                [removed](auto& loaded, auto& console) { return remove_person(*removed, loaded, console); });
    remove.add_option("NAME", removed->name, "the account's name")->required();
    remove.add_flag("--yes", removed->yes, "do not ask");
  }

  void add_person_state(CLI::App& person) {
    const auto state = [&](const char* name, const char* help, PersonState to) {
      const auto whom = std::make_shared<std::string>();
      command(person, name, help,
              [whom, to](auto& loaded, auto& console) { return change_person(*whom, to, loaded, console); })
          .add_option("NAME", *whom, "the account's name")
          ->required();
    };
    state("suspend", "Keeps a person from signing in", PersonState::suspended);
    state("unsuspend", "Lets a suspended person sign in again", PersonState::unsuspended);
    state("make-host", "Makes a person host", PersonState::host);
    state("unmake-host", "Ends a person's being host", PersonState::no_host);
    state("no-second-step", "Turns off what a person is asked for after the password",
          PersonState::no_second_step);
  }

  void add_token(CLI::App& token) {
    const auto created = std::make_shared<TokenToCreate>();
    CLI::App& create =
        command(token, "create", "Makes a token and prints it, this once",
                [created](auto& loaded, auto& console) { return create_token(*created, loaded, console); });
    create.add_option("NAME", created->person, "the account's name")->required();
    create.add_option("--name", created->label, "what the token is for");

    const auto whose = std::make_shared<std::string>();
    command(token, "list", "Lists a person's tokens",
            [whose](auto& loaded, auto& console) { return list_tokens(*whose, loaded, console); })
        .add_option("NAME", *whose, "the account's name")
        ->required();

    const auto revoked = std::make_shared<std::pair<std::string, std::string>>();
    CLI::App& revoke = command(token, "revoke", "Ends a token", [revoked](auto& loaded, auto& console) {
      return revoke_token(revoked->first, revoked->second, loaded, console);
    });
    revoke.add_option("NAME", revoked->first, "the account's name")->required();
    revoke.add_option("ID", revoked->second, "as `token list` shows it")->required();
  }

  void add_invitation(CLI::App& invite) {
    const auto created = std::make_shared<InvitationToCreate>();
    CLI::App& create = command(
        invite, "create", "Makes an invitation and prints its link, this once",
        [created](auto& loaded, auto& console) { return create_invitation(*created, loaded, console); });
    create.add_option("--by", created->by, "the account's name of who invites");
    create.add_option("--circle", created->circle, "the id of a circle of theirs, to be joined");
    create.add_option("--days", created->days, "how long it works")->check(CLI::Range(1, 90));

    const auto listed = std::make_shared<std::optional<std::string>>();
    command(invite, "list", "Lists invitations", [listed](auto& loaded, auto& console) {
      return list_invitations(*listed, loaded, console);
    }).add_option("--by", *listed, "those of this account instead of those made here");

    const auto revoked = std::make_shared<std::pair<std::string, std::optional<std::string>>>();
    CLI::App& revoke =
        command(invite, "revoke", "Ends an invitation", [revoked](auto& loaded, auto& console) {
          return revoke_invitation(revoked->first, revoked->second, loaded, console);
        });
    revoke.add_option("ID", revoked->first, "as `invite list` shows it")->required();
    revoke.add_option("--by", revoked->second, "whose it is, if not made here");
  }

  void add_helplines(CLI::App& helplines) {
    const auto wanted = std::make_shared<HelplinesToCheck>();
    CLI::App& check = plain_command(helplines, "check", "Says what is wrong or odd about the records",
                                    [wanted](Console& console) { return check_helplines(*wanted, console); });
    check.add_option("FILE", wanted->paths,
                     "files or directories of records; what the program carries if none");
    check.add_option("--today", wanted->today, "a day to measure by, 2026-11-24, instead of today");
    check
        .add_option_function<int>(
            "--months", [wanted](int months) { wanted->limit = std::chrono::months(months); },
            "after how many a record is old (18)")
        ->check(CLI::Range(1, 120));
    check.add_flag("--json", wanted->json, "print the result as one JSON object");

    const auto to = std::make_shared<std::filesystem::path>();
    plain_command(helplines, "export", "Writes all records as files to read or serve without Keepsake",
                  [to](Console& console) { return export_helplines(*to, console); })
        .add_option("--to", *to, "a new or empty directory, or one of an earlier export")
        ->required();
  }

  CLI::App app_;
  std::string config_;
  std::deque<std::pair<std::string, std::vector<std::string>>> given_;
  Chosen chosen_;
};

}  // namespace

std::variant<Chosen, int> read_command_line(const std::vector<std::string>& words, Console& console) {
  std::vector<const char*> pointers;
  pointers.reserve(words.size());
  for (const std::string& word : words) pointers.push_back(word.c_str());
  Tree tree;
  try {
    tree.app().parse(static_cast<int>(pointers.size()), pointers.data());
  } catch (const CLI::ParseError& problem) {
    return tree.app().exit(problem, console.out, console.err) == 0 ? 0 : 2;
  }
  return tree.take();
}

}  // namespace keepsake::cli
