using System.Reflection;
using AdvocacyBot.Tests.Infrastructure;
using Xunit.Sdk;

namespace AdvocacyBot.Tests.Data;

/// <summary>Every test of every class marked <see cref="BothDatabasesAttribute"/>, on PostgreSQL.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresJourneyTests(PostgresFixture postgres)
{
    public static TheoryData<string, string, int> Journeys()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var (type, method) in Methods())
        {
            for (var row = 0; row < Rows(method).Count; row++)
            {
                data.Add(type.FullName!, method.Name, row);
            }
        }

        return data;
    }

    [PostgresTheory]
    [MemberData(nameof(Journeys))]
    public async Task Journeys_end_as_they_do_on_SQLite(string type, string journey, int row)
    {
        TestDatabase.OnPostgres(postgres);
        var (found, method) = Methods().Single(m => m.Type.FullName == type && m.Method.Name == journey);

        await (Task)method.Invoke(Activator.CreateInstance(found), Rows(method)[row])!;
    }

    private static IEnumerable<(Type Type, MethodInfo Method)> Methods() =>
        from type in typeof(PostgresJourneyTests).Assembly.GetTypes()
        where type.GetCustomAttribute<BothDatabasesAttribute>() is not null
        from method in type.GetMethods()
        where method.ReturnType == typeof(Task) && method.GetCustomAttribute<FactAttribute>() is not null
        select (type, method);

    private static List<object[]> Rows(MethodInfo method) => method.GetCustomAttribute<TheoryAttribute>() is null
        ? [[]]
        : [.. method.GetCustomAttributes<DataAttribute>().SelectMany(source => source.GetData(method))];
}
