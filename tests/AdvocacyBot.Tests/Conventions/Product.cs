using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using AdvocacyBot.Tests.Infrastructure;

namespace AdvocacyBot.Tests.Conventions;

/// <summary>The product's projects, assemblies and types, found rather than listed, so that a new adapter is held to the rules as well.</summary>
internal static class Product
{
    public static IReadOnlyList<string> Projects { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Folder("bot"), "*.csproj", SearchOption.AllDirectories),
        .. Directory.EnumerateFiles(Repository.Folder("adapters"), "*.csproj", SearchOption.AllDirectories),
    ];

    public static IEnumerable<string> Adapters => Projects.Where(project => Path.GetFullPath(project).StartsWith(Repository.Folder("adapters"), StringComparison.Ordinal)).Select(Name);

    public static IReadOnlyList<Assembly> Assemblies { get; } = [.. Projects.Select(project => Assembly.Load(Name(project)))];

    /// <summary>Types that people wrote.</summary>
    public static IEnumerable<Type> Types => Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type =>
        type.Namespace?.StartsWith("AdvocacyBot", StringComparison.Ordinal) == true && !IsGenerated(type));

    public static IEnumerable<MethodBase> Methods => Types.SelectMany(type => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .OfType<MethodBase>()
        .Where(method => method.GetCustomAttribute<CompilerGeneratedAttribute>() is null));

    public static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    public static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    public static string Describe(MethodBase method) => $"{method.DeclaringType!.FullName}.{method.Name}";

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal)
        || type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is not null
        || (type.DeclaringType is { } outer && IsGenerated(outer));
}
