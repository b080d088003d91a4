export default { entry: './src/main.js' };
