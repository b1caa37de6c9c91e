using System.Text.Json;
using System.Text.RegularExpressions;
using Settle.Tests.Server;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Docs;

/// <summary>The rules and the dashboard ask for what a server shows.</summary>
public sealed partial class MonitoringTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alarms_and_dashboard_name_metrics_and_labels_that_a_server_has()
    {
        await using var server = await RunningServer.StartAsync();
        await server.PostAsync("v1/ledgers/bank/transfers", """{"id":"a","from":"@world","to":"x","amount":5}""");
        await server.PostAsync("v1/ledgers/bank/transfers", """{"id":"b","from":"x","to":"y","amount":9}""");
        var shown = await server.Http.GetStringAsync("metrics", Stop);
        // Asked about itself for the first time, it has not answered a request before.
        shown += await server.Http.GetStringAsync("metrics", Stop);
        var series = SeriesPattern.Matches(shown).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var labels = LabelPattern.Matches(shown).Select(match => match.Groups["label"].Value)
            .Append("instance").ToHashSet(StringComparer.Ordinal);

        foreach (var expressions in (string[])[Alerts, Dashboard])
        {
            var asked = MetricPattern.Matches(expressions).Select(match => match.Value)
                .Where(name => !labels.Contains(name)).ToList();
            Assert.True(asked.Count > 5);
            Assert.Empty(asked.Except(series));
            Assert.Empty(GroupPattern.Matches(expressions)
                .SelectMany(match => match.Groups["labels"].Value.Split(", ")).Except(labels));
            Assert.Empty(FilterPattern.Matches(expressions)
                .Select(match => match.Groups["label"].Value).Except(labels.Append("job")));
        }
    }

    [Fact]
    public void Every_alarm_says_what_it_means_and_operations_says_what_to_do()
    {
        var operations = File.ReadAllText(Path.Combine(Repository.Root, "docs/operations.md"));
        var alarms = File.ReadAllText(Path.Combine(Repository.Root, "docs/monitoring/alerts.yml"))
            .Split("- alert: ").Skip(1).ToList();
        Assert.True(alarms.Count > 5);
        foreach (var alarm in alarms)
        {
            foreach (var member in (string[])["expr: ", "severity: ", "summary: ", "description: "])
                Assert.Contains(member, alarm, StringComparison.Ordinal);
            Assert.Contains($"`{alarm.Split('\n')[0].Trim()}`", operations, StringComparison.Ordinal);
        }
    }

    private static string Alerts => string.Join('\n', ExpressionPattern
        .Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/monitoring/alerts.yml")))
        .Select(match => match.Value));

    private static string Dashboard
    {
        get
        {
            using var board = JsonDocument.Parse(
                File.ReadAllText(Path.Combine(Repository.Root, "docs/monitoring/grafana.json")));
            return string.Join('\n', board.RootElement.GetProperty("panels").EnumerateArray()
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.GetProperty("expr").GetString()));
        }
    }

    [GeneratedRegex(@"^[a-z_]+", RegexOptions.Multiline)]
    private static partial Regex SeriesPattern { get; }

    [GeneratedRegex("[{,](?<label>[a-z_]+)=\"")]
    private static partial Regex LabelPattern { get; }

    [GeneratedRegex(@"\b(settle|http|kestrel|dotnet|aspnetcore)_[a-z_]+")]
    private static partial Regex MetricPattern { get; }

    [GeneratedRegex(@"\bby \((?<labels>[a-z_, ]+)\)")]
    private static partial Regex GroupPattern { get; }

    [GeneratedRegex("[{,](?<label>[a-z_]+)=~?\"")]
    private static partial Regex FilterPattern { get; }

    [GeneratedRegex(@"expr:.*?(?=\n\s*(for|labels):)", RegexOptions.Singleline)]
    private static partial Regex ExpressionPattern { get; }
}
