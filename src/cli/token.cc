#include <ostream>

#include "cli/commands.h"
#include "cli/instance.h"

namespace keepsake::cli {

// Prints the token alone, so that a script can take it.
int create_token(const TokenToCreate& token, const LoadedSettings& loaded, Console& console) {
  Instance instance(loaded.settings);
  const Person person = instance.person(token.person);
  const CreatedToken created = or_fail(instance.database().write(
      [&](db::Tx& tx) { return instance.services().tokens.create(tx, person.id, token.label); }));
  instance.tell_server(console);
  console.out << created.text << '\n';
  return 0;
}

int list_tokens(const std::string& name, const LoadedSettings& loaded, Console& console) {
  Instance instance(loaded.settings);
  const Person person = instance.person(name);
  const auto tokens = instance.database().read(
      [&](db::Reader& reader) { return instance.services().tokens.list(reader, person.id); });
  for (const TokenListed& token : tokens) {
    console.out << token.id.text() << '\t' << token.label << "\tmade " << shown_time(token.created)
                << "\tused " << (token.last_used ? shown_time(*token.last_used) : "never") << '\n';
  }
  return 0;
}

int revoke_token(const std::string& name, const std::string& typed_id, const LoadedSettings& loaded,
                 Console& console) {
  Instance instance(loaded.settings);
  const Person person = instance.person(name);
  const auto id = PublicId::parse(typed_id);
  const bool revoked = id && instance.database().write([&](db::Tx& tx) {
    return instance.services().tokens.revoke(tx, person.id, *id);
  });
  if (!revoked) throw Failure(person.name + " has no such token; keepsake token list shows them.");
  instance.tell_server(console);
  console.out << "Revoked.\n";
  return 0;
}

}  // namespace keepsake::cli
