using AdvocacyBot.Core.Data;

namespace AdvocacyBot.Tests.Data;

public sealed class SqliteCommitterTests : IAsyncLifetime
{
    private CommitterDatabase database = null!;

    public async Task InitializeAsync() => database = await CommitterDatabase.SqliteAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public Task Each_caller_hears_of_its_own_rows() => CommitterScenarios.ResultsMapToCallersAsync(database);

    [Fact]
    public Task The_same_key_from_many_callers_counts_once() => CommitterScenarios.DuplicatesCountOnceAsync(database);

    [Fact]
    public Task A_statement_the_database_refuses_fails_its_own_caller_only() => CommitterScenarios.PoisonFailsItsCallerAloneAsync(database);

    [Fact]
    public Task A_statement_that_cannot_be_prepared_fails_its_own_caller_only() => CommitterScenarios.BadSqlFailsItsCallerAloneAsync(database);

    [Fact]
    public Task A_cancelled_caller_has_written_nothing_and_takes_nobody_along() => CommitterScenarios.CancelledMeansNotWrittenAsync(database);

    [Fact]
    public Task Stopping_writes_what_was_accepted_and_refuses_the_rest() => CommitterScenarios.StopWritesWhatWasAcceptedAsync(database);

    [Fact]
    public Task Transactions_of_entities_run_between_batches() => CommitterScenarios.WritersOfEntitiesGetTheirTurnAsync(database);

    [Fact]
    public Task Values_are_stored_as_given_by_the_numbers_of_their_parameters() => CommitterScenarios.ValuesComeBackAsTheyWereAsync(database);

    [Fact]
    public Task Many_rows_together_survive_a_poisonous_one_among_them() => CommitterScenarios.LaneRowsSurviveAPoisonousOneAsync(database);

    [Fact]
    public Task A_row_whose_caller_went_on_is_written_all_the_same() => CommitterScenarios.LaneCallersDoNotWaitForeverAsync(database);

    [Fact]
    public async Task An_unreachable_database_refuses_at_once_and_is_used_again_when_it_is_back()
    {
        await using var missing = await CommitterDatabase.MissingAsync();
        var lost = 0;
        var lane = new RowLane(missing.Committer, new RowInsert("user_agents", "Id", "Text"), TimeSpan.FromMinutes(1), _ => lost++);

        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => missing.Committer.ExecuteAsync([CommitterDatabase.Agent(1, "one")], CancellationToken.None));
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => missing.Committer.ExecuteAsync([CommitterDatabase.Agent(2, "two")], CancellationToken.None));
        await lane.WriteAsync([3, "three"], before: null);
        Assert.Equal(1, lost);

        await missing.AppearAsync();
        while (missing.Committer.IsDown)
        {
            await Task.Yield();
        }

        Assert.Equal([1], await missing.Committer.ExecuteAsync([CommitterDatabase.Agent(4, "four")], CancellationToken.None));
        await lane.WriteAsync([5, "five"], before: null);
        Assert.Equal(["four", "five"], await missing.AgentsAsync());
    }

    [Fact]
    public async Task A_value_that_no_statement_can_carry_is_named()
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => database.Committer.ExecuteAsync([new("SELECT $1", DateTimeOffset.UnixEpoch)], CancellationToken.None));

        Assert.Contains("DateTimeOffset", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_to_write_is_nothing_to_wait_for() => Assert.Empty(await database.Committer.ExecuteAsync([], CancellationToken.None));
}
