using System.Data.Common;
using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Tests.Data;

/// <summary>What the group committer promises, whichever the database.</summary>
internal static class CommitterScenarios
{
    private static readonly RowInsert Agents = new("user_agents", "Id", "Text");

    public static async Task ResultsMapToCallersAsync(CommitterDatabase database)
    {
        var answers = await Task.WhenAll(Enumerable.Range(1, 300).Select(i => database.Committer.ExecuteAsync(
            i % 2 == 0
                ? [CommitterDatabase.Agent(i, $"agent {i}"), CommitterDatabase.Agent(i, "again")]
                : [CommitterDatabase.Agent(i, $"agent {i}"), CommitterDatabase.Agent(i, "again"), new("""UPDATE user_agents SET "Text" = $2 WHERE "Id" = $1""", (long)i, $"changed {i}")],
            CancellationToken.None)));

        for (var i = 1; i <= 300; i++)
        {
            Assert.Equal(i % 2 == 0 ? [1, 0] : [1, 0, 1], answers[i - 1]);
        }

        Assert.Equal(Enumerable.Range(1, 300).Select(i => i % 2 == 0 ? $"agent {i}" : $"changed {i}"), await database.AgentsAsync());
    }

    public static async Task DuplicatesCountOnceAsync(CommitterDatabase database)
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => database.Committer.ExecuteAsync([CommitterDatabase.Agent(i % 10, $"agent {i % 10}")], CancellationToken.None)));

        Assert.Equal(10, answers.Sum(answer => answer[0]));
        Assert.Equal(10, (await database.AgentsAsync()).Count);
    }

    public static async Task PoisonFailsItsCallerAloneAsync(CommitterDatabase database)
    {
        Task<IReadOnlyList<int>>[] calls;
        await using (await database.HoldAsync())
        {
            calls =
            [
                .. Enumerable.Range(1, 50).Select(i => database.Committer.ExecuteAsync(
                    i % 10 == 5 ? [CommitterDatabase.Agent(i, $"agent {i}"), CommitterDatabase.Agent(100 + i, null)] : [CommitterDatabase.Agent(i, $"agent {i}")],
                    CancellationToken.None)),
            ];
        }

        for (var i = 1; i <= 50; i++)
        {
            if (i % 10 == 5)
            {
                var refused = await Assert.ThrowsAnyAsync<DbException>(() => calls[i - 1]);
                Assert.IsNotType<DatabaseUnavailableException>(refused);
            }
            else
            {
                Assert.Equal([1], await calls[i - 1]);
            }
        }

        Assert.Equal(Enumerable.Range(1, 50).Where(i => i % 10 != 5).Select(i => $"agent {i}").Append("blocked"), await database.AgentsAsync());
    }

    public static async Task BadSqlFailsItsCallerAloneAsync(CommitterDatabase database)
    {
        Task<IReadOnlyList<int>> bad;
        Task<IReadOnlyList<int>> good;
        await using (await database.HoldAsync())
        {
            bad = database.Committer.ExecuteAsync([new("INSERT INTO nowhere VALUES ($1)", 1L)], CancellationToken.None);
            good = database.Committer.ExecuteAsync([CommitterDatabase.Agent(1, "agent 1")], CancellationToken.None);
        }

        await Assert.ThrowsAnyAsync<DbException>(() => bad);
        Assert.Equal([1], await good);
    }

    public static async Task CancelledMeansNotWrittenAsync(CommitterDatabase database)
    {
        using var cancel = new CancellationTokenSource();
        Task<IReadOnlyList<int>> cancelled;
        Task<IReadOnlyList<int>> other;
        await using (await database.HoldAsync())
        {
            cancelled = database.Committer.ExecuteAsync([CommitterDatabase.Agent(1, "cancelled")], cancel.Token);
            other = database.Committer.ExecuteAsync([CommitterDatabase.Agent(2, "other")], CancellationToken.None);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        }

        Assert.Equal([1], await other);
        Assert.Equal(["other", "blocked"], await database.AgentsAsync());
    }

    public static async Task StopWritesWhatWasAcceptedAsync(CommitterDatabase database)
    {
        Task<IReadOnlyList<int>>[] accepted;
        Task stopping;
        await using (await database.HoldAsync())
        {
            accepted = [.. Enumerable.Range(1, 20).Select(i => database.Committer.ExecuteAsync([CommitterDatabase.Agent(i, $"agent {i}")], CancellationToken.None))];
            stopping = database.Committer.StopAsync(CancellationToken.None);
            await Assert.ThrowsAsync<InvalidOperationException>(() => database.Committer.ExecuteAsync([CommitterDatabase.Agent(99, "late")], CancellationToken.None));
        }

        await stopping;
        Assert.All(await Task.WhenAll(accepted), answer => Assert.Equal([1], answer));
        Assert.Equal(21, (await database.AgentsAsync()).Count);
    }

    public static async Task WritersOfEntitiesGetTheirTurnAsync(CommitterDatabase database)
    {
        var committed = Enumerable.Range(1, 500).Select(i => Task.Run(() => database.Committer.ExecuteAsync([CommitterDatabase.Agent(i, $"agent {i}")], CancellationToken.None)));
        var saved = Enumerable.Range(1, 20).Select(i => Task.Run(async () =>
        {
            using var turn = await database.Database.EnterWriteAsync(CancellationToken.None);
            await using var db = database.Open();
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(new Secret { Name = $"secret {i}", Value = [1], CreatedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }));

        await Task.WhenAll([.. committed, .. saved]);
        await using var read = database.Open();
        Assert.Equal((500, 20), (read.UserAgents.Count(), read.Secrets.Count()));
    }

    public static async Task ValuesComeBackAsTheyWereAsync(CommitterDatabase database)
    {
        const string sql = """INSERT INTO ledger ("Amount", "Key", "WorkspaceId", "ConversationId", "CampaignId", "PersonId", "Kind", "Network", "Detail", "At", "RecordedAt", "ShareId") VALUES ($2, $1, $3, $3, $3, $3, 1, $4, $5, 0, 0, $6)""";
        await database.Committer.ExecuteAsync(
            [
                new(sql, "one", -1, long.MaxValue, "", "שלום 👋", null),
                new(sql, "two", 1, 2L, null, new string('x', 5000), 7L),
                new("""INSERT INTO secrets ("Name", "Value", "CreatedAt") VALUES ($1, $2, $3)""", "empty", Array.Empty<byte>(), 0L),
                new("""INSERT INTO secrets ("Name", "Value", "CreatedAt") VALUES ($1, $2, $3)""", "full", new byte[] { 0, 1, 255 }, 0L),
            ],
            CancellationToken.None);

        await using var db = database.Open();
        var rows = db.Ledger.OrderBy(row => row.Key).ToList();
        Assert.Equal((-1, long.MaxValue, "", "שלום 👋", null), (rows[0].Amount, rows[0].WorkspaceId, rows[0].Network, rows[0].Detail, rows[0].ShareId));
        Assert.Equal((1, null, 5000, 7L), (rows[1].Amount, rows[1].Network, rows[1].Detail!.Length, rows[1].ShareId));
        Assert.Equal([], db.Secrets.Single(secret => secret.Name == "empty").Value);
        Assert.Equal([0, 1, 255], db.Secrets.Single(secret => secret.Name == "full").Value);
    }

    public static async Task LaneRowsSurviveAPoisonousOneAsync(CommitterDatabase database)
    {
        var lost = new List<long>();
        var lane = new RowLane(database.Committer, Agents, TimeSpan.FromMinutes(1), values => lost.Add(values[0].Number));
        var before = 0;
        Task[] rows;
        await using (await database.HoldAsync())
        {
            rows =
            [
                .. Enumerable.Range(1, 70).Select(i => lane.WriteAsync(
                    [i, i == 33 ? null : $"agent {i}"],
                    i == 60 ? new StatementBefore("""INSERT INTO user_agents ("Id", "Text") VALUES ($1, $2)""", [600, "before 60"], () => before++) : null).AsTask()),
            ];
        }

        await Task.WhenAll(rows);
        Assert.Equal([33], lost);
        Assert.Equal(1, before);
        Assert.Equal(
            Enumerable.Range(1, 70).Where(i => i != 33).Select(i => $"agent {i}").Append("before 60").Append("blocked"), await database.AgentsAsync());
    }

    public static async Task LaneCallersDoNotWaitForeverAsync(CommitterDatabase database)
    {
        var lost = 0;
        var lane = new RowLane(database.Committer, Agents, TimeSpan.FromMilliseconds(1), _ => lost++);
        await using (await database.HoldAsync())
        {
            // Held for as long as this takes: only the time limit can end it.
            await lane.WriteAsync([1, "late"], before: null);
        }

        await database.Committer.ExecuteAsync([CommitterDatabase.Agent(2, "next")], CancellationToken.None);
        Assert.Equal(["late", "next", "blocked"], await database.AgentsAsync());
        Assert.Equal(0, lost);
    }
}
