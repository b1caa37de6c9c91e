using Spectre.Console;

namespace Settle.Cli.Output;

/// <summary>A progress bar on standard error; nothing of it in a pipe.</summary>
internal sealed class ProgressBar(ProgressTask task) : IProgress<WorkProgress>
{
    /// <summary>Runs long work that says how far it is; null when nobody sees it.</summary>
    public static async Task<T> RunAsync<T>(CliContext context, string text,
        Func<IProgress<WorkProgress>?, Task<T>> work)
    {
        if (!context.ShowsProgress) return await work(null);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(progress =>
                work(new ProgressBar(progress.AddTask(Markup.Escape(text), maxValue: 1))));
    }

    /// <summary>Shows it at once, on the thread that works.</summary>
    public void Report(WorkProgress value)
    {
        if (value.What is { } what) task.Description = Markup.Escape(what);
        task.Value = value.Share;
    }
}
