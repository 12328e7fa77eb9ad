using System.Text.Json.Nodes;

namespace AdvocacyBot.Tests.Slack.Support;

/// <summary>A message as Slack keeps it.</summary>
internal sealed class FakeMessage
{
    public required string Channel { get; init; }

    public required string Ts { get; init; }

    /// <summary>The only person who sees it; null: everybody in the channel.</summary>
    public string? OnlyFor { get; init; }

    public string? Thread { get; init; }

    public required string Text { get; set; }

    public required JsonArray Blocks { get; set; }

    public JsonNode? Metadata { get; init; }

    public int Edits { get; set; }

    public bool Deleted { get; set; }
}

/// <summary>A view that is open, or a Home tab.</summary>
internal sealed class FakeView
{
    public required string Id { get; init; }

    public required string User { get; init; }

    public required JsonObject Content { get; set; }

    public int Version { get; set; } = 1;

    public bool Open { get; set; } = true;

    public string Hash => $"{Version}.{Id}";
}

internal sealed record FakeUser(string Id, string Name, string Locale = "en-US", string Zone = "Europe/London")
{
    public bool Deleted { get; set; }

    public bool Guest { get; init; }

    /// <summary>Told only to an app with <c>users:read.email</c>.</summary>
    public string? Email { get; set; }

    public bool Bot { get; init; }
}

internal sealed record FakeChannel(string Id, string Name)
{
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

    public bool Archived { get; set; }
}

/// <summary>A right to open one view.</summary>
internal sealed record FakeTrigger(string Id, string User, DateTimeOffset At)
{
    public bool Used { get; set; }
}

/// <summary>An address that answers one interaction.</summary>
internal sealed class FakeResponse
{
    public required string Channel { get; init; }

    public required string User { get; init; }

    /// <summary>The message that can be replaced through it.</summary>
    public FakeMessage? Source { get; init; }

    public required DateTimeOffset At { get; init; }

    public int Uses { get; set; }
}
