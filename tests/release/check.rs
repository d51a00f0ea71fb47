mod data;
mod files;
mod lists;
