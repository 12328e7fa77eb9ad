using AdvocacyBot.Host.CommandLine;

return await Commands.RunAsync(args);

/// <summary>The entry point, visible to tests that start the real host.</summary>
public partial class Program;
