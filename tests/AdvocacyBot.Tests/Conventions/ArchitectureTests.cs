namespace AdvocacyBot.Tests.Conventions;

/// <summary>Which part may know which: Host knows all, adapters know Core, Core knows nobody.</summary>
public sealed class ArchitectureTests
{
    private const string Core = "AdvocacyBot.Core";
    private const string Host = "AdvocacyBot.Host";

    [Fact]
    public void Core_knows_neither_adapters_nor_the_web_server()
    {
        Assert.Empty(Product.References(Project(Core)));
        Assert.DoesNotContain("Microsoft.AspNetCore", File.ReadAllText(Project(Core)), StringComparison.Ordinal);
        Assert.DoesNotContain(Referenced(Core), name => name.StartsWith("AdvocacyBot.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Fact]
    public void An_adapter_knows_Core_alone()
    {
        Assert.NotEmpty(Product.Adapters);
        Assert.All(Product.Adapters, adapter =>
        {
            Assert.Equal([Core], Product.References(Project(adapter)));
            Assert.All(Referenced(adapter).Where(name => name.StartsWith("AdvocacyBot.", StringComparison.Ordinal)), name => Assert.Equal(Core, name));
        });
    }

    [Fact]
    public void The_host_puts_Core_and_every_adapter_together() =>
        Assert.Equal(Product.Adapters.Append(Core).Order(StringComparer.Ordinal), Product.References(Project(Host)).Order(StringComparer.Ordinal));

    private static string Project(string name) => Product.Projects.Single(project => Product.Name(project) == name);

    private static IEnumerable<string> Referenced(string name) =>
        Product.Assemblies.Single(assembly => assembly.GetName().Name == name).GetReferencedAssemblies().Select(reference => reference.Name!);
}
