using System.ComponentModel.DataAnnotations;
using AdvocacyBot.Core.Programme;

namespace AdvocacyBot.Tests.Programme;

public sealed class RoleSettingTests
{
    [Theory]
    [InlineData("msteams", "U1", "Owner", "Programme:Roles:0:Platform is 'msteams'")]
    [InlineData("slack", " ", "Owner", "Programme:Roles:0:Person is missing")]
    [InlineData("slack", "U1", "Boss", "Programme:Roles:0:Roles holds 'Boss'")]
    [InlineData("slack", "U1", "3", "Programme:Roles:0:Roles holds '3'")]
    [InlineData("slack", "U1", "None", "Programme:Roles:0:Roles holds 'None'")]
    public void A_wrong_entry_is_named_by_its_key(string platform, string person, string role, string expected) => Assert.StartsWith(
        expected, Problem(new RoleSetting { Platform = platform, Person = person, Roles = { role } }), StringComparison.Ordinal);

    [Fact]
    public void A_person_stands_in_the_settings_once() => Assert.Contains(
        "names the person U1 twice",
        Problem(new RoleSetting { Platform = "slack", Person = "U1", Roles = { "Owner" } }, new RoleSetting { Platform = "slack", Person = "U1" }),
        StringComparison.Ordinal);

    [Fact]
    public void Right_entries_pass() => Assert.Null(Problem(new RoleSetting { Platform = "teams", Person = "8f1c", Roles = { "owner", "Comms" } }));

    private static string? Problem(params RoleSetting[] settings)
    {
        var options = new ProgrammeOptions { Roles = [.. settings] };
        List<ValidationResult> results = [];
        Validator.TryValidateProperty(options.Roles, new ValidationContext(options) { MemberName = nameof(options.Roles), DisplayName = "Programme:Roles" }, results);
        return results.FirstOrDefault()?.ErrorMessage;
    }
}
