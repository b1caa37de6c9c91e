using System.Text.RegularExpressions;
using Xunit;

namespace Settle.Tests.Style;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var broken = new List<string>();
        foreach (var file in Repository.Files("", "*.md"))
        {
            var text = CodePattern.Replace(File.ReadAllText(file), "");
            foreach (Match match in LinkPattern.Matches(text))
            {
                var target = match.Groups["target"].Value;
                if (target.Length == 0 || target.Contains(':', StringComparison.Ordinal))
                    continue;
                var path = Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(target));
                if (!Path.Exists(path))
                    broken.Add($"{Repository.Name(file)}: {target}");
            }
        }
        if (broken.Count > 0)
            Assert.Fail(string.Join('\n', broken));
    }

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex CodePattern { get; }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]*)(#[^)\s]*)?\)")]
    private static partial Regex LinkPattern { get; }
}
