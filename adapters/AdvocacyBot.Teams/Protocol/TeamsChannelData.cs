namespace AdvocacyBot.Teams.Protocol;

/// <summary>Teams' own part of an activity.</summary>
internal sealed record TeamsChannelData
{
    /// <summary>Of a <c>conversationUpdate</c>: e.g. <c>channelRenamed</c>, <c>teamArchived</c>; of a <c>messageUpdate</c>: <c>editMessage</c>.</summary>
    public string? EventType { get; init; }

    public IdAndName? Tenant { get; init; }

    public TeamInfo? Team { get; init; }

    /// <summary>The name of the General channel is null; its id is the team's.</summary>
    public IdAndName? Channel { get; init; }

    public TeamsSettings? Settings { get; init; }

    public IdAndName? Source { get; init; }
}

internal sealed record IdAndName(string? Id = null, string? Name = null);

/// <param name="Id">Id of the General channel.</param>
/// <param name="Name">Shown name.</param>
/// <param name="AadGroupId">Entra group.</param>
internal sealed record TeamInfo(string? Id = null, string? Name = null, string? AadGroupId = null);

/// <param name="SelectedChannel">The channel chosen at installation.</param>
internal sealed record TeamsSettings(IdAndName? SelectedChannel = null);
