using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Web.Seed;

internal sealed record DemoPerson(string Id, string Name, string Language, Roles Roles = Roles.None)
{
    private static readonly string[] Departments = ["Marketing", "Engineering", "Sales"];

    /// <summary>So that audiences can be tried: five people in each.</summary>
    public static string DepartmentOf(int index) => Departments[index % Departments.Length];

    public string Location => Language == "he" ? "Tel Aviv" : "London";
}

internal sealed record DemoChannel(string Id, string Name, string Language, string TimeZone, IReadOnlyList<string> Members);

/// <summary>Who and what a fresh database starts with.</summary>
internal static class DemoPeople
{
    public static readonly IReadOnlyList<DemoPerson> All =
    [
        new("olivia", "Olivia Owens", "en", Roles.Owner),
        new("carmen", "Carmen Cole", "en", Roles.Comms | Roles.Approver),
        new("dana", "דנה כהן", "he", Roles.Comms | Roles.Approver),
        new("alice", "Alice Bennett", "en"),
        new("ben", "Ben Carter", "en"),
        new("chloe", "Chloe Davies", "en"),
        new("daniel", "Daniel Evans", "en"),
        new("emily", "Emily Foster", "en"),
        new("george", "George Hughes", "en"),
        new("noa", "נועה לוי", "he"),
        new("itai", "איתי מזרחי", "he"),
        new("tamar", "תמר פרץ", "he"),
        new("yonatan", "יונתן אברהם", "he"),
        new("michal", "מיכל שפירא", "he"),
        new("omer", "עומר ביטון", "he"),
    ];

    public static readonly IReadOnlyList<DemoChannel> Channels =
    [
        new("general", "general", "en", "Europe/London", [.. All.Select(person => person.Id)]),
        new("product-news", "product-news", "en", "America/New_York", [.. LeadersAnd("en")]),
        new("hadashot", "חדשות החברה", "he", "Asia/Jerusalem", [.. LeadersAnd("he")]),
    ];

    private static IEnumerable<string> LeadersAnd(string language) =>
        All.Where(person => person.Roles != Roles.None || person.Language == language).Select(person => person.Id);
}
