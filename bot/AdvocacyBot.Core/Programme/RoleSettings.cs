using System.ComponentModel.DataAnnotations;
using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.Extensions.Options;

namespace AdvocacyBot.Core.Programme;

/// <summary>One entry of <c>Programme:Roles</c>.</summary>
public sealed class RoleSetting
{
    /// <summary>One of <see cref="Platforms"/>.</summary>
    public string Platform { get; set; } = "";

    /// <summary>The platform's id of the workspace or tenant; null: the person's id is enough.</summary>
    public string? Workspace { get; set; }

    /// <summary>The platform's id of the person: Slack <c>U…</c>, Teams <c>29:…</c>, Web the name in the address.</summary>
    public string Person { get; set; } = "";

    /// <summary><c>Owner</c>, <c>Comms</c>, <c>Approver</c>, <c>Sponsor</c>; an empty list takes every role away.</summary>
    public List<string> Roles { get; init; } = [];

    /// <summary>The roles as flags; names are checked at start.</summary>
    public Data.Roles Given => Roles.Aggregate(Data.Roles.None, (all, name) => all | Enum.Parse<Data.Roles>(name, ignoreCase: true));
}

/// <summary>Names what is wrong in <c>Programme:Roles</c> by its place in the list.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RolesAreCompleteAttribute : ValidationAttribute
{
    private static readonly string[] Known = [Platforms.Web, Platforms.Slack, Platforms.Teams];
    private static readonly string[] Names = [.. Enum.GetNames<Roles>().Where(name => name != nameof(Roles.None))];

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        ArgumentNullException.ThrowIfNull(validationContext);
        var settings = (List<RoleSetting>?)value ?? [];
        for (var i = 0; i < settings.Count; i++)
        {
            if (Problem(settings[i]) is { } problem)
            {
                return new ValidationResult($"{validationContext.DisplayName}:{i}{problem}");
            }
        }

        return settings.GroupBy(s => (s.Platform, s.Workspace, s.Person)).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }
            ? new ValidationResult($"{validationContext.DisplayName} names the person {twice.Person} twice. Give all roles of a person in one entry.")
            : ValidationResult.Success;
    }

    private static string? Problem(RoleSetting setting)
    {
        if (!Known.Contains(setting.Platform, StringComparer.Ordinal))
        {
            return $":Platform is '{setting.Platform}'. It must be one of {string.Join(", ", Known)}.";
        }

        if (string.IsNullOrWhiteSpace(setting.Person))
        {
            return ":Person is missing. Give the platform's id of the person.";
        }

        return setting.Roles.Find(name => !Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown
            ? $":Roles holds '{unknown}'. Roles are {string.Join(", ", Names)}."
            : null;
    }
}

/// <summary>Roles that are fixed by the settings.</summary>
public sealed class FixedRoles(IOptions<ProgrammeOptions> options)
{
    public IReadOnlyList<RoleSetting> All => options.Value.Roles;

    /// <returns>Null where the settings say nothing of the person.</returns>
    public Roles? Of(WorkspaceRef workspace, string personId)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return options.Value.Roles
            .Find(s => s.Platform == workspace.Platform && s.Person == personId && (s.Workspace is null || s.Workspace == workspace.Id))?.Given;
    }
}
