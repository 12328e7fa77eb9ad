using System.Text.Json;

namespace AdvocacyBot.Teams.Protocol;

/// <summary>Answer of a send or an update.</summary>
internal sealed record ResourceId(string? Id = null);

/// <param name="Id">The conversation; of a new channel post with <c>;messageid=…</c>.</param>
/// <param name="ActivityId">The first message, where one was sent and the platform says it.</param>
/// <param name="ServiceUrl">Where to go on, where it differs.</param>
internal sealed record CreatedConversation(string? Id = null, string? ActivityId = null, string? ServiceUrl = null);

internal sealed record MembersPage(IReadOnlyList<TeamsMember>? Members = null, string? ContinuationToken = null);

/// <param name="Id"><c>29:…</c>.</param>
/// <param name="Name">Display name.</param>
/// <param name="UserRole"><c>user</c>, <c>guest</c> or <c>anonymous</c>.</param>
/// <param name="AadObjectId">Entra object id.</param>
/// <param name="ObjectId">The same, as other versions of the service name it.</param>
/// <param name="TenantId">The member's own tenant.</param>
/// <param name="Email">The member's e-mail address.</param>
internal sealed record TeamsMember(
    string? Id = null, string? Name = null, string? UserRole = null, string? AadObjectId = null, string? ObjectId = null, string? TenantId = null, string? Email = null);

internal sealed record TeamChannels(IReadOnlyList<IdAndName>? Conversations = null);

/// <summary><c>{"error":{"code","message"}}</c>, or the older <c>{"errorCode":209,"message":"{\"subCode\":…}"}</c>.</summary>
internal sealed record ConnectorError(ConnectorErrorDetail? Error = null, string? Message = null)
{
    /// <summary>The most telling code of a body, or null where it holds none.</summary>
    public static string? CodeIn(ReadOnlySpan<byte> body)
    {
        try
        {
            var error = JsonSerializer.Deserialize(body, ActivityJson.Default.ConnectorError);
            return error?.Error?.Code ?? SubCode(error?.Message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? SubCode(string? message)
    {
        if (message is null || !message.StartsWith('{'))
        {
            return null;
        }

        using var inner = JsonDocument.Parse(message);
        return inner.RootElement.TryGetProperty("subCode", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString() : null;
    }
}

internal sealed record ConnectorErrorDetail(string? Code = null, string? Message = null);
