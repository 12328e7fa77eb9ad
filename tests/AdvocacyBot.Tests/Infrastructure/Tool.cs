using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AdvocacyBot.Tests.Infrastructure;

/// <summary>What a program did.</summary>
/// <param name="Output">Standard output, then standard error.</param>
internal sealed record ToolResult(int ExitCode, string Output);

/// <summary>Runs other programs to their end.</summary>
internal static class Tool
{
    /// <exception cref="InvalidOperationException">The program is not installed.</exception>
    public static async Task<ToolResult> RunAsync(string program, IEnumerable<string> arguments, string folder, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await WriteAsync(process.StandardInput.BaseStream, input ?? "");
        await process.WaitForExitAsync();
        return new ToolResult(process.ExitCode, await output + await error);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"These tests need '{start.FileName}' on the PATH: {e.Message}", e);
        }
    }

    private static async Task WriteAsync(Stream pipe, string input)
    {
        await using (pipe)
        {
            try
            {
                await pipe.WriteAsync(Encoding.UTF8.GetBytes(input));
            }
            catch (IOException)
            {
                // The program ended without reading; its exit code and output tell why.
            }
        }
    }
}
