using MLNet.Transformers.Tool;
using MLNet.Transformers.Tool.Data;
using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tests.Tool.Data;

/// <summary>Files of a test, and what the tool makes of them.</summary>
internal sealed class DataFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path(string name) => _folder.File(name);

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A header and below it the same row again and again, with its number in place of #.</summary>
    public static string Rows(string header, string row, int count = 12) =>
        header + string.Concat(Enumerable.Range(0, count).Select(number => row.Replace("#", $"{number}")));

    public Job Job(string command, string path, params (ColumnPurpose Purpose, string Name)[] columns) => new()
    {
        Scenario = Scenario.All.Single(scenario => scenario.Command == command),
        DatasetPath = path,
        Name = "Probe",
        Output = Path("out"),
        ColumnNames = columns.ToDictionary(column => column.Purpose, column => column.Name),
    };

    public TabularDataset Read(string command, string name, string text, params (ColumnPurpose Purpose, string Name)[] columns) =>
        (TabularDataset)DatasetReader.Read(Job(command, Write(name, text), columns));

    /// <summary>The sentence with which a file is refused, without the folder of the test.</summary>
    public string Refusal(string command, string name, string text, params (ColumnPurpose Purpose, string Name)[] columns) =>
        Refusal(Job(command, Write(name, text), columns));

    public string Refusal(Job job) => Short(Assert.Throws<InputException>(() => DatasetReader.Read(job)).Message);

    public string Short(string sentence) => sentence.Replace(_folder.Path + System.IO.Path.DirectorySeparatorChar, "");

    public void Dispose() => _folder.Dispose();
}
