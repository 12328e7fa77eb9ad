using System.Globalization;

namespace AdvocacyBot.Benchmarks.Hosts;

/// <summary>Holds a process to a part of a processor, as a small machine would, by Linux' control groups (version 1 or 2); needs root.</summary>
internal sealed class ProcessorShare : IDisposable
{
    /// <summary>Microseconds; short, so that a process that has used its part up does not stand still for long.</summary>
    private const int Period = 20_000;

    private readonly string group;
    private readonly string parent;
    private readonly int process;

    /// <param name="process">Its id.</param>
    /// <param name="percent">Of one processor.</param>
    public ProcessorShare(int process, int percent)
    {
        this.process = process;
        var first = Directory.Exists("/sys/fs/cgroup/cpu");
        parent = first ? "/sys/fs/cgroup/cpu" : "/sys/fs/cgroup";
        group = Path.Combine(parent, "advocacy-" + Text(process));
        Directory.CreateDirectory(group);
        var quota = Period * percent / 100;
        if (first)
        {
            Write("cpu.cfs_period_us", Text(Period));
            Write("cpu.cfs_quota_us", Text(quota));
        }
        else
        {
            Write("cpu.max", $"{Text(quota)} {Text(Period)}");
        }

        Write("cgroup.procs", Text(process));
    }

    public void Dispose()
    {
        // A group goes when nobody is in it.
        File.WriteAllText(Path.Combine(parent, "cgroup.procs"), Text(process));
        Directory.Delete(group);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Write(string file, string value) => File.WriteAllText(Path.Combine(group, file), value);
}
