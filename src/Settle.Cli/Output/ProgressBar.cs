using Spectre.Console;

namespace Settle.Cli.Output;

/// <summary>A progress bar on standard error; nothing of it in a pipe.</summary>
internal static class ProgressBar
{
    /// <summary>Runs long work that says what it does and its share, 0 to 1.</summary>
    public static async Task<T> RunAsync<T>(CliContext context, string text,
        Func<Action<string, double>?, Task<T>> work)
    {
        if (!context.ShowsProgress) return await work(null);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(text), maxValue: 1);
                return await work((now, share) =>
                {
                    task.Description = Markup.Escape(now);
                    task.Value = share;
                });
            });
    }
}
