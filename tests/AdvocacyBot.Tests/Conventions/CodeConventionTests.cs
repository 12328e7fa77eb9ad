using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AdvocacyBot.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using Quartz;

namespace AdvocacyBot.Tests.Conventions;

/// <summary>Rules that people forget.</summary>
public sealed partial class CodeConventionTests
{
    [Fact]
    public void Nothing_is_async_void() => Assert.DoesNotContain(
        Product.Methods.OfType<MethodInfo>(),
        method => method.ReturnType == typeof(void) && method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null);

    [Fact]
    public void A_cancellation_token_comes_last_and_has_no_default()
    {
        var methods = Product.Methods
            .Where(method => !typeof(Delegate).IsAssignableFrom(method.DeclaringType) && !IsJob(method))
            .Where(method => method.GetParameters().Any(IsToken))
            .ToList();

        Assert.True(methods.Count > 100);
        Assert.All(methods, method =>
        {
            Assert.True(method.GetParameters().SkipWhile(parameter => !IsToken(parameter)).All(IsToken), $"{Product.Describe(method)}: the token is not last.");
            Assert.False(method.GetParameters()[^1].HasDefaultValue, $"{Product.Describe(method)}: the token has a default.");
        });
    }

    [Fact]
    public void Classes_are_sealed_unless_something_inherits_them()
    {
        var parents = Product.Types.Select(type => Definition(type.BaseType)).ToHashSet();

        Assert.All(
            Product.Types.Where(type => type is { IsClass: true, IsAbstract: false } && !typeof(Delegate).IsAssignableFrom(type) && !parents.Contains(type) && !IsEntryPoint(type)),
            type => Assert.True(type.IsSealed, $"{type.FullName} is not sealed."));
    }

    [Fact]
    public void Log_messages_hold_ids_and_counts_only_and_are_told_apart_by_their_numbers()
    {
        var messages = Product.Methods
            .Select(method => (Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(pair => pair.Message is not null)
            .ToList();

        Assert.True(messages.Count > 10);
        Assert.All(messages, pair =>
            Assert.DoesNotMatch(Personal(), pair.Message!.Message));
        Assert.All(messages.GroupBy(pair => pair.Method.DeclaringType), log =>
            Assert.Equal(log.Count(), log.Select(pair => pair.Message!.EventId).Distinct().Count()));
    }

    [Fact]
    public void Time_and_chance_are_given_from_outside()
    {
        var sources = Directory.EnumerateFiles(Repository.Folder(), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"))
            .Where(path => Path.GetFileName(path) != nameof(CodeConventionTests) + ".cs")
            .ToList();

        Assert.True(sources.Count > 100);
        Assert.All(sources, path => Assert.DoesNotMatch(Clock(), File.ReadAllText(path)));
        Assert.All(sources.Where(path => !path.StartsWith(Repository.Folder("tests"), StringComparison.Ordinal)), path => Assert.DoesNotMatch(Chance(), File.ReadAllText(path)));
        Assert.All(sources.Where(path => path.StartsWith(Repository.Folder("tests", "AdvocacyBot.Tests"), StringComparison.Ordinal)), path => Assert.DoesNotMatch(Waiting(), File.ReadAllText(path)));
    }

    private static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);

    // Quartz's interface gives it a default.
    private static bool IsJob(MethodBase method) => method.Name == nameof(IJob.Execute) && typeof(IJob).IsAssignableFrom(method.DeclaringType);

    // Tests that start the real host derive from it.
    private static bool IsEntryPoint(Type type) => type.Assembly.EntryPoint is not null && type.Name == nameof(Program);

    private static Type? Definition(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;

    [GeneratedRegex(@"\{\w*(Name|Text|Token|Url|Uri|Email|Title|Code|Address)\}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Personal();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bThread\.Sleep\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bRandom\.Shared\b|\bnew Random\(")]
    private static partial Regex Chance();

    [GeneratedRegex(@"\bTask\.Delay\(")]
    private static partial Regex Waiting();
}
