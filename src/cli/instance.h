#pragma once
// The instance as commands open it, beside a running server or without one.
#include <string_view>

#include "app/services.h"
#include "app/storage.h"
#include "base/clock.h"
#include "base/settings.h"
#include "cli/console.h"
#include "person/person.h"

namespace keepsake::cli {

class Instance {
 public:
  // Opens what lies in the data directory, makes what is missing, and runs pending migrations.
  explicit Instance(const Settings& settings);

  app::Services& services() { return services_; }
  db::Database& database() { return storage_.database(); }
  const Settings& settings() const { return settings_; }
  // The person of that name. Throws Failure if there is none.
  Person person(std::string_view name);
  // Lets a running server know that something changed, and says so if it cannot be told.
  void tell_server(Console& console) const;

 private:
  const Settings& settings_;
  SystemClock clock_;
  app::Storage storage_;
  app::Services services_;
};

}  // namespace keepsake::cli
