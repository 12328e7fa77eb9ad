using AdvocacyBot.Core.Chat;
using AdvocacyBot.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdvocacyBot.Core.Delivery;

/// <summary>What a pass over a workspace's outbox did.</summary>
/// <param name="Done">Deliveries that reached an end or were put off.</param>
/// <param name="Next">When there is something to do again, as far as is known now; null: when something is written.</param>
public sealed record OutboxPass(int Done, DateTimeOffset? Next);

/// <summary>
/// Sends what is in the outbox. <c>Sending</c> is committed before the platform is called, so that after a crash it is known what is in doubt; what is in doubt
/// is looked up where the platform can tell, and otherwise marked <c>Unknown</c> and never sent again by itself. One run per workspace at a time, on whichever host.
/// </summary>
public sealed class DeliveryWorker(
    IServiceScopeFactory scopes,
    Database database,
    IDbContextFactory<AdvocacyDb> contexts,
    IEnumerable<IChatSender> senders,
    TimeProvider clock,
    ILogger<DeliveryWorker> logger)
{
    public const int MaxAttempts = DeliveryOutcome.MaxAttempts;

    /// <summary>When to look again where another host sends for the workspace.</summary>
    private static readonly TimeSpan SentElsewhere = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, IChatSender> senders = senders.ToDictionary(sender => sender.Platform, StringComparer.Ordinal);
    private readonly SendFences fences = new(database);
    private readonly Holds holds = new(clock);
    private readonly Lazy<Outbox> outbox = new(() => new Outbox(database, UpdateKinds(scopes)));

    /// <summary>Sends everything that is due in a workspace.</summary>
    /// <returns>How many deliveries reached an end or were put off.</returns>
    public async Task<int> RunAsync(long workspaceId, CancellationToken cancellationToken) => (await PassAsync(workspaceId, cancellationToken)).Done;

    /// <summary>Settles what a run that broke off has left, and sends everything that is due in a workspace.</summary>
    /// <param name="workspaceId">Which.</param>
    /// <param name="cancellationToken">Ends it: what is on its way may arrive, and is written down.</param>
    public async Task<OutboxPass> PassAsync(long workspaceId, CancellationToken cancellationToken)
    {
        await using var fence = await fences.TryEnterAsync(workspaceId, cancellationToken);
        if (fence is null)
        {
            return new OutboxPass(0, clock.GetUtcNow() + SentElsewhere);
        }

        Workspace? workspace;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            workspace = await db.Workspaces.AsNoTracking().FirstOrDefaultAsync(w => w.Id == workspaceId, cancellationToken);
        }

        if (workspace is null)
        {
            return new OutboxPass(0, Next: null);
        }

        var (sender, builder, books) = Tools(workspace);
        await new Reconciliation(workspace, sender, builder, books, contexts, clock, logger).RunAsync(cancellationToken);
        var done = await new OutboxRun(workspace, sender, fence, outbox.Value, holds, builder, books, contexts, clock, logger).RunAsync(cancellationToken);
        return new OutboxPass(done, cancellationToken.IsCancellationRequested ? null : await NextAsync(workspaceId, cancellationToken));
    }

    /// <summary>Settles what earlier runs left in <c>Sending</c>, in all workspaces for which no other host sends; every pass does it for its own.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        List<Workspace> workspaces;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            workspaces = await db.Workspaces.AsNoTracking()
                .Where(w => db.Deliveries.Any(d => d.WorkspaceId == w.Id && d.State == DeliveryState.Sending)).ToListAsync(cancellationToken);
        }

        foreach (var workspace in workspaces)
        {
            await using var fence = await fences.TryEnterAsync(workspace.Id, cancellationToken);
            if (fence is not null)
            {
                var (sender, builder, books) = Tools(workspace);
                await new Reconciliation(workspace, sender, builder, books, contexts, clock, logger).RunAsync(cancellationToken);
            }
        }
    }

    private static IReadOnlyCollection<DeliveryKind> UpdateKinds(IServiceScopeFactory scopes)
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IDeliveryContent>().Where(content => content.Updates).Select(content => content.Kind)];
    }

    private (IChatSender? Sender, DeliveryBuilder Builder, DeliveryBooks Books) Tools(Workspace workspace) => (
        senders.GetValueOrDefault(workspace.Platform),
        new DeliveryBuilder(scopes, outbox.Value.UpdateKinds, clock, logger),
        new DeliveryBooks(workspace.Platform, outbox.Value, database, scopes, clock, logger));

    private async Task<DateTimeOffset?> NextAsync(long workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset?[] times =
        [
            Held(await outbox.Value.NextAsync(db, workspaceId, isUpdate: false, cancellationToken), isUpdate: false),
            Held(await outbox.Value.NextAsync(db, workspaceId, isUpdate: true, cancellationToken), isUpdate: true),
            await Outbox.Doubtful(db, workspaceId).MinAsync(d => (DateTimeOffset?)d.NotBefore, cancellationToken),
        ];
        return times.Min();

        DateTimeOffset? Held(DateTimeOffset? due, bool isUpdate) => due is { } at && holds.Until(workspaceId, isUpdate) is { } until && until > at ? until : due;
    }
}
