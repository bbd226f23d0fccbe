using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Internal;

/// <summary>Checking that input columns are images.</summary>
internal static class ImageColumns
{
    public static SchemaShape.Column ImageInput(this SchemaShape shape, IExceptionContext context, string name) =>
        shape.Input(context, name, column => column is { Kind: SchemaShape.Column.VectorKind.Scalar, ItemType: ImageDataViewType }, "Image");

    public static ImageDataViewType CheckImage(this DataViewSchema.Column column, IExceptionContext context) =>
        column.Type as ImageDataViewType
            ?? throw context.ExceptSchemaMismatch("inputSchema", "input", column.Name, "image", column.Type.ToString());
}
