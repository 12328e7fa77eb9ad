using System.Text;

namespace AdvocacyBot.Core.Data;

internal enum RowType
{
    Number = 0,
    Text = 1,
}

/// <summary>Rows of one table, to be inserted singly or many by one statement, which costs a fraction as much per row.</summary>
internal sealed class RowInsert
{
    /// <summary>How many rows a statement of <see cref="Many"/> has, from the most to the fewest.</summary>
    public static readonly IReadOnlyList<int> Together = [64, 16];

    /// <param name="table">Name of the table.</param>
    /// <param name="columns">In the order of the values.</param>
    public RowInsert(string table, params (string Name, RowType Type)[] columns)
    {
        Types = Array.ConvertAll(columns, column => column.Type);
        var into = $"INSERT INTO {table} (\"{string.Join("\", \"", columns.Select(column => column.Name))}\")";
        One = Values(into, columns.Length, rows: 1);
        Many = [.. Together.Select(rows => Values(into, columns.Length, rows))];
        var arrays = columns.Select((column, i) => $"${i + 1}::{(column.Type == RowType.Number ? "bigint" : "text")}[]");
        Arrays = $"{into} SELECT * FROM unnest({string.Join(", ", arrays)})";
    }

    public IReadOnlyList<RowType> Types { get; }

    public string One { get; }

    /// <summary>For SQLite, beside <see cref="Together"/>: the values of so many rows, one row after the other.</summary>
    public IReadOnlyList<string> Many { get; }

    /// <summary>For PostgreSQL: any number of rows, as an array for each column.</summary>
    public string Arrays { get; }

    private static string Values(string into, int columns, int rows)
    {
        var sql = new StringBuilder(into).Append(" VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "($" : ", ($").AppendJoin(", $", Enumerable.Range((row * columns) + 1, columns)).Append(')');
        }

        return sql.ToString();
    }
}
