using System.Text.Json.Nodes;
using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.ModelBuilder;

/// <summary>Where the data are, and what their columns are.</summary>
internal static class DataSourceSection
{
    /// <summary>The section.</summary>
    public static JsonObject Of(TrainedProject project)
    {
        var path = ProjectPaths.Relative(project.Job, project.Setup.Dataset.Path);
        return project.Setup.Dataset is TabularDataset table
            ? new JsonObject
            {
                ["Type"] = "TabularFile",
                ["Version"] = 1,
                ["FilePath"] = path,
                ["Delimiter"] = table.Separator.ToString(),
                ["DecimalMarker"] = ".",
                ["HasHeader"] = table.HasHeader,
                ["ColumnProperties"] = new JsonArray([.. table.Columns.Select(Column)]),
            }
            : new JsonObject
            {
                ["Type"] = "Folder",
                ["Version"] = 1,
                ["FolderPath"] = path,
            };
    }

    private static JsonObject Column(DatasetColumn column) => new()
    {
        ["ColumnName"] = column.Name,
        ["ColumnPurpose"] = column.Purpose.ToString(),
        ["ColumnDataFormat"] = column.Kind switch
        {
            DataKind.String => "String",
            DataKind.Boolean => "Boolean",
            _ => "Single",
        },
        // Model Builder has no other columns of classes.
        ["IsCategorical"] = column is { Purpose: ColumnPurpose.Label, Kind: DataKind.String or DataKind.Boolean },
        ["Type"] = "Column",
        ["Version"] = 4,
    };
}
