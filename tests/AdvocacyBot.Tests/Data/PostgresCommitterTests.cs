using AdvocacyBot.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace AdvocacyBot.Tests.Data;

[Collection(PostgresCollection.Name)]
public sealed class PostgresCommitterTests(PostgresFixture postgres)
{
    [PostgresFact]
    public Task Each_caller_hears_of_its_own_rows() => RunAsync(CommitterScenarios.ResultsMapToCallersAsync);

    [PostgresFact]
    public Task The_same_key_from_many_callers_counts_once() => RunAsync(CommitterScenarios.DuplicatesCountOnceAsync);

    [PostgresFact]
    public Task A_statement_the_database_refuses_fails_its_own_caller_only() => RunAsync(CommitterScenarios.PoisonFailsItsCallerAloneAsync);

    [PostgresFact]
    public Task A_statement_that_cannot_be_prepared_fails_its_own_caller_only() => RunAsync(CommitterScenarios.BadSqlFailsItsCallerAloneAsync);

    [PostgresFact]
    public Task A_cancelled_caller_has_written_nothing_and_takes_nobody_along() => RunAsync(CommitterScenarios.CancelledMeansNotWrittenAsync);

    [PostgresFact]
    public Task Stopping_writes_what_was_accepted_and_refuses_the_rest() => RunAsync(CommitterScenarios.StopWritesWhatWasAcceptedAsync);

    [PostgresFact]
    public Task Transactions_of_entities_run_between_batches() => RunAsync(CommitterScenarios.WritersOfEntitiesGetTheirTurnAsync);

    [PostgresFact]
    public Task Values_are_stored_as_given_by_the_numbers_of_their_parameters() => RunAsync(CommitterScenarios.ValuesComeBackAsTheyWereAsync);

    [PostgresFact]
    public Task Many_rows_together_survive_a_poisonous_one_among_them() => RunAsync(CommitterScenarios.LaneRowsSurviveAPoisonousOneAsync);

    [PostgresFact]
    public Task A_row_whose_caller_went_on_is_written_all_the_same() => RunAsync(CommitterScenarios.LaneCallersDoNotWaitForeverAsync);

    [PostgresFact]
    public Task A_connection_that_the_server_has_ended_meanwhile_is_replaced_without_a_failure() => RunAsync(async database =>
    {
        await database.Committer.ExecuteAsync([CommitterDatabase.Agent(1, "one")], CancellationToken.None);
        await using (var db = database.Open())
        {
            await db.Database.ExecuteSqlAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }

        Assert.Equal([1], await database.Committer.ExecuteAsync([CommitterDatabase.Agent(2, "two")], CancellationToken.None));
        Assert.Equal(["one", "two"], await database.AgentsAsync());
    });

    private async Task RunAsync(Func<CommitterDatabase, Task> scenario)
    {
        await using var database = await CommitterDatabase.PostgresAsync(postgres);
        await scenario(database);
    }
}
