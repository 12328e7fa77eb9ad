namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>A test that needs PostgreSQL; see <see cref="PostgresFixture"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Binaries.SkipReason;
}

/// <summary>As <see cref="PostgresFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.Binaries.SkipReason;
}
